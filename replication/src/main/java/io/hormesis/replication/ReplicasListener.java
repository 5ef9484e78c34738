package io.hormesis.replication;

/** What a server's members tell it. Called on the groups' strands: return soon, never block. */
public interface ReplicasListener {

  /** Leadership, in-sync count or health of a member changed. */
  void changed(ReplicaStatus status);

  /** This member leads and there is something to deliver. */
  void outboxFilled(GroupId group);

  /** A store failed: the whole server must stop at once. Nothing is acknowledged after this. */
  void storeFailed(Throwable cause);
}
