/**
 * Moves of gateways from one link to another, and their validation.
 * @packageDocumentation
 */
export { acceptUnknowns, blockersOf, parseAccepted, readAccepted } from '../moves/validate/accept.js';
export { migrationChecksOf } from '../moves/validate/checks/index.js';
export type { MigrationCheck, MigrationInput, WayBack } from '../moves/validate/migration.js';
export type { MovedBackend } from '../do/world/uses/gateway-uses.js';
export { asReport } from '../moves/validate/report/json.js';
export { migrationHtml, type HtmlPart, type HtmlPictures } from '../moves/validate/report/html.js';
export { instanceJson, migrationJson } from '../moves/validate/report/json.js';
export { migrationMarkdown, migrationText } from '../moves/validate/report/document.js';
export { validateInstance, type GroupReport, type InstanceMigration } from '../moves/validate/validate-instance.js';
export { validateMigration, type ValidateOptions } from '../moves/validate/validate.js';
export {
  type AcceptedUnknown,
  type Impact,
  type ImpactEntry,
  type GroupMigration,
  type Migration,
  type MigrationReport,
  type RouteMigration,
} from '../moves/validate/migration.js';
export { Moves } from '../moves/moves.js';
export { refuseShifted } from '../moves/refuse-shifted.js';
export { shiftedSpec, shiftRequest, type ShiftOptions } from '../moves/plan/shift-request.js';
export { planMove, type PlanMoveOptions } from '../moves/plan/plan-move.js';
export { gatewayOfStage, type StageMigration } from '../moves/validate/place-of-stage.js';
export { validateStage } from '../moves/validate/stage-migration.js';
export { refuseOpenPlan } from '../moves/plan/read-move-plan.js';
export {
  isShift,
  type MovePlan,
  type MoveProbe,
  type TemporaryRouteTest,
  type MoveRequest,
  type MoveTodo,
  type ShiftRequest,
  type PlannedUnit,
  type WidenEntry,
  type CalledRouteTest,
} from '../moves/plan/move-plan.js';
export {
  executeMove,
  requireReturn,
  type ExecutedMove,
  type ExecuteMoveOptions,
  type KeptMove,
} from '../moves/execute-move.js';
export { requirePlannedMove } from '../moves/plan-again.js';
export { moveId } from '../moves/plan/read-move-plan.js';
export { gatewayOfMigration } from '../moves/validate/migration.js';
export { linkIdsIn, type LinkIdOf } from '../moves/plan/move-plan.js';
export type { KeptStep } from '../moves/record/history.js';
export { observeMove } from '../moves/observe-move.js';
export type { FinishMoveOptions } from '../moves/finish-move.js';
export type { RollbackMoveOptions } from '../moves/rollback-options.js';
export type { MoveStatus } from '../moves/status.js';
export type {
  Analysis,
  AnalysisAnswer,
  MoveCallOptions,
  MoveContext,
  MovePlanningOptions,
  RunMoveOptions,
} from '../moves/engine/options.js';
export type { MoveEvent, MoveResult } from '../moves/events.js';
export type { MovePhase } from '../moves/record/history.js';
export { movePlanHtml, type MovePlanPage } from '../moves/render.js';
export { movePlanText, shiftPlanText } from '../moves/render.js';
export { readMovePlan } from '../moves/plan/read-move-plan.js';
export { plansIn } from '../moves/record/recorded-moves.js';
export { openMovesIn } from '../moves/status.js';
export type { OpenMove } from '../do/model/moves.js';
export { withOpenMoves } from '../do/plan/notes/moved-notes.js';
export type { MoveHistory } from '../moves/record/history.js';
export type { RecordedMove } from '../moves/record/recorded-moves.js';
export type { OpenMovesIn } from '../do/apply/journal.js';
