import { it } from 'vitest';
import { loseNoCall, TITLE } from './fuzz-trials.js';

it(TITLE, () => loseNoCall('first'), 36_000_000);
