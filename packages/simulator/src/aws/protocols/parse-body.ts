import type { ServiceWords } from '../operation/words.js';

/** Deeper JSON than any schema has; a nest of brackets is refused before it is parsed. */
const DEEPEST = 64;

/** Parses a JSON body; `undefined` when there is none. @throws {ServiceError} `say.malformed` */
export function parseBody(body: Buffer, say: ServiceWords): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  if (nesting(text) > DEEPEST) throw say.malformed('The request body is nested too deeply.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw say.malformed(`The request body is not valid JSON: ${(error as Error).message}`);
  }
}

/** How deep brackets nest, strings left out: one pass, no recursion. */
function nesting(text: string): number {
  let [depth, deepest, quoted] = [0, 0, false];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return deepest;
}
