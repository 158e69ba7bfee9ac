import type { AnyOperation } from '../../../operation.js';
import { createStage } from './create-stage.js';
import { deleteStage } from './delete-stage.js';
import { getStage } from './get-stage.js';
import { getStages } from './get-stages.js';
import { updateStage } from './update-stage.js';

/** The simulated operations on stages. */
export const operations: readonly AnyOperation[] = [createStage, deleteStage, getStage, getStages, updateStage];
