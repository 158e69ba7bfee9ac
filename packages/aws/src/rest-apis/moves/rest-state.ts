/** The members of an integration that decide where its calls go. An empty text: the integration does not have it. */
export type Connection = {
  readonly connectionId: string;
  readonly integrationTarget: string;
  readonly uri: string;
};

/** An integration of the working copy that uses the old link. */
export type MovedMethod = Connection & {
  readonly resourceId: string;
  readonly verb: string;
  readonly path: string;
};

/** What a stage and the integrations of its API were before they moved. */
export type RestCaptured = {
  /** What the stage serves. */
  readonly deploymentId: string;
  readonly methods: readonly MovedMethod[];
};

/** The deployment that a stage moves to, with its integrations. */
export type RestPrepared = {
  readonly deploymentId: string;
  readonly methods: readonly MovedMethod[];
};
