import { handoverWork } from '../handover/door/worker.js';
import type { BroughtWorkKind } from './work-kind.js';

/** How workers carry out what clouds bring. */
export const BROUGHT_WORK: readonly BroughtWorkKind[] = [handoverWork];
