/**
 * Moves of gateways from one link to another, and their validation.
 * @packageDocumentation
 */
export { Moves } from '../moves/moves.js';
export { refuseOpenPlan } from '../moves/plan/read-move-plan.js';
export { validateInstance } from '../moves/validate/validate-instance.js';
export { validateMigration } from '../moves/validate/validate.js';
export { acceptUnknowns, blockersOf, parseAccepted } from '../moves/validate/accept.js';
export { migrationHtml } from '../moves/validate/report/html.js';
export { migrationMarkdown, migrationText } from '../moves/validate/report/document.js';
export type { MoveEvent, MoveResult } from '../moves/events.js';
export { shiftRequest } from '../moves/plan/shift-request.js';
export type { MovePlan, MoveRequest } from '../moves/plan/move-plan.js';
