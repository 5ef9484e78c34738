package io.hormesis.process;

/**
 * Plain data that one process sends to another: a record, listed in the contract of the process
 * that receives it.
 */
public sealed interface Message permits Request, Notice {}
