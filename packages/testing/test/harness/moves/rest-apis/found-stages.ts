import type { FoundMove } from '../found-move.js';

/** Of moves of stages of REST APIs. */
export const FOUND_STAGES: readonly FoundMove[] = [
  [
    'the journal was lost between the changes of two methods, and the move was refused for good',
    'aws move: a stage of a REST API, canary, rollback after the drain',
    'kill-and-lose@134',
    'UpdateIntegration',
    56428,
  ],
  [
    'killed between the resource and the method of a test: no method, and so no mark, said that the resource is to be deleted',
    'aws move: a stage of a REST API',
    'kill@97',
    'PutMethod',
    1,
  ],
];
