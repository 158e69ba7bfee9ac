import { it } from 'vitest';
import { PROVE } from '../../../../core/test/runs.js';
import { loseNoCall, TITLE } from './fuzz-trials.js';

it.runIf(PROVE)(TITLE, () => loseNoCall('second'), 36_000_000);
