/**
 * Moves of gateways from one link to another, and their validation.
 */
export * from '../entries/moves.js';
export * from '../moves/validate/accept.js';
export * from '../moves/validate/checks/index.js';
export * from '../moves/validate/report/json.js';
export * from '../moves/validate/validate-instance.js';
export * from '../moves/validate/validate.js';
export * from '../moves/validate/migration.js';
export * from '../moves/refuse-shifted.js';
export * from '../moves/plan/shift-request.js';
export * from '../moves/plan/plan-move.js';
export * from '../moves/validate/place-of-stage.js';
export * from '../moves/validate/stage-migration.js';
export * from '../moves/plan/move-plan.js';
export * from '../moves/execute-move.js';
export * from '../moves/plan-again.js';
export * from '../moves/plan/read-move-plan.js';
export * from '../moves/observe-move.js';
export * from '../moves/status.js';
export * from '../moves/engine/options.js';
export * from '../moves/render.js';
export * from '../moves/record/recorded-moves.js';
export { withOpenMoves } from '../do/plan/notes/moved-notes.js';
