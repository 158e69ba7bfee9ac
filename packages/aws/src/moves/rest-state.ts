import type { Json, MoveState } from '@postern/core/adapter';

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

/** The parts of a state that a former call of the same doors returned. */
export function restState({ captured, prepared }: MoveState): {
  readonly captured: RestCaptured;
  readonly prepared: RestPrepared | undefined;
} {
  return {
    captured: captured as unknown as RestCaptured,
    prepared: (prepared ?? undefined) as unknown as RestPrepared | undefined,
  };
}

/** A state as it is kept: every member is plain JSON. */
export function kept(state: RestCaptured | RestPrepared): Json {
  return state as unknown as Json;
}
