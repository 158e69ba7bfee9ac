/**
 * Moves of gateways from one link to another, and their validation.
 * @packageDocumentation
 */
export * from '../entries/moves.js';
export { readAccepted } from '../moves/validate/accept.js';
export { migrationChecksOf } from '../moves/validate/checks/index.js';
export { asReport } from '../moves/validate/report/json.js';
export { instanceJson, migrationJson } from '../moves/validate/report/json.js';
export type { InstanceMigration } from '../moves/validate/validate-instance.js';
export type { ValidateOptions } from '../moves/validate/validate.js';
export type { Impact, ImpactEntry, GroupMigration, Migration, MigrationReport } from '../moves/validate/migration.js';
export { refuseShifted } from '../moves/refuse-shifted.js';
export { shiftedSpec, shiftRequest, type ShiftOptions } from '../moves/plan/shift-request.js';
export { planMove, type PlanMoveOptions } from '../moves/plan/plan-move.js';
export { gatewayOfStage, type StageMigration } from '../moves/validate/place-of-stage.js';
export { validateStage } from '../moves/validate/stage-migration.js';
export { isShift, type MovePlan, type ShiftRequest } from '../moves/plan/move-plan.js';
export { executeMove, requireReturn, type ExecutedMove, type KeptMove } from '../moves/execute-move.js';
export { requirePlannedMove } from '../moves/plan-again.js';
export { moveId } from '../moves/plan/read-move-plan.js';
export { gatewayOfMigration } from '../moves/validate/migration.js';
export { linkIdsIn, type LinkIdOf } from '../moves/plan/move-plan.js';
export { observeMove } from '../moves/observe-move.js';
export type { MoveStatus } from '../moves/status.js';
export type { Analysis, AnalysisAnswer, RunMoveOptions } from '../moves/engine/options.js';
export { movePlanHtml } from '../moves/render.js';
export { movePlanText, shiftPlanText } from '../moves/render.js';
export { readMovePlan } from '../moves/plan/read-move-plan.js';
export { plansIn } from '../moves/record/recorded-moves.js';
export { openMovesIn } from '../moves/status.js';
export { withOpenMoves } from '../do/plan/notes/moved-notes.js';
