import type { Explanation } from '@postern/core/internal/check';
import { graphOfExplanations } from '@postern/core/internal/graph';
import type { Io } from '../process/io.js';
import { draw } from './draw.js';

/** Draws the paths of calls. @throws {PosternError} `FILE_UNWRITABLE`. */
export async function drawExplanations(
  io: Io,
  explanations: readonly Explanation[],
  options: Parameters<typeof draw>[2],
): Promise<void> {
  await draw(io, graphOfExplanations(explanations), options);
}
