import type { TextName } from '../src/limits.js';
import type { Sample } from '../src/state.js';

export const FILES: Readonly<Record<TextName, string>>;
export function readSamples(): readonly Sample[];
