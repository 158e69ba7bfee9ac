import type { Finding } from '@postern/core';
import type { FleetEvent, RunRequest, RunState, UnitState } from './model.js';

/** Who does something and why, for the report. */
export interface Author {
  readonly by: string;
  readonly reason?: string | undefined;
}

/** Runs of an engine. Every method throws `PosternError`: `ENDPOINT_UNREACHABLE` where the engine does not answer. */
export interface FleetClient {
  /** Starts a run, or continues the one that has its ID. */
  readonly start: (request: RunRequest) => Promise<RunState>;
  /** @throws `NOT_FOUND` */
  readonly status: (run: string) => Promise<RunState>;
  /** The runs that the engine knows, newest first. */
  readonly runs: () => Promise<readonly RunState[]>;
  /** Of one spec, or of all. */
  readonly units: (run: string, spec?: string) => Promise<readonly UnitState[]>;
  /** What happened in a unit, or in all units of a spec, oldest first. */
  readonly events: (
    run: string,
    of: { readonly spec: string; readonly unit?: string | undefined },
  ) => Promise<readonly FleetEvent[]>;
  /** Of the goal `check`: what was found of a spec. */
  readonly findings: (run: string, spec: string) => Promise<readonly Finding[]>;
  /** No step begins after it resolves, until the run is resumed. */
  readonly pause: (run: string, author: Author) => Promise<RunState>;
  readonly resume: (run: string, author: Author) => Promise<RunState>;
  /** Each unit ends before or after a step. */
  readonly cancel: (run: string, author: Author) => Promise<RunState>;
  /** @throws `NOT_FOUND`, `PERMISSION_DENIED` where `by` is not one of the run's approvers. */
  readonly approve: (
    run: string,
    approval: string,
    answer: Author & { readonly approved: boolean },
  ) => Promise<RunState>;
}
