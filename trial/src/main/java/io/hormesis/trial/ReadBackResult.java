package io.hormesis.trial;

/**
 * What became of acknowledged writes, as it was read back.
 *
 * @param acknowledged how many there were
 * @param looked how many of them were looked for, each wherever it must be
 * @param lost not found in some such place
 * @param doubled found more than once in some such place
 * @param unreadable a place gave no real reply as long as was waited
 */
public record ReadBackResult(int acknowledged, int looked, int lost, int doubled, int unreadable) {}
