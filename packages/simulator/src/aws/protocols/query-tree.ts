/** A form body as a tree: `Tag.1.Key=a` is `{ Tag: { 1: { Key: 'a' } } }`. A node may have text, children, or both. */
export interface QueryNode {
  text?: string;
  children?: Map<string, QueryNode>;
}

/** More parameters than any call needs; a longer form is refused. */
const MOST_PARAMETERS = 20_000;
/** Deeper nesting than any schema has. */
const DEEPEST = 24;

/**
 * Reads `application/x-www-form-urlencoded` text. Order does not matter. A name may occur once.
 * @throws {SyntaxError} for a text of another form, too long or too deep
 */
export function parseQuery(text: string): QueryNode {
  const root: QueryNode = {};
  if (text === '') return root;
  const pairs = text.split('&');
  if (pairs.length > MOST_PARAMETERS) throw new SyntaxError(`The query has more than ${MOST_PARAMETERS} parameters.`);
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const node = nodeAt(root, name.split('.'));
    if (node.text !== undefined) throw new SyntaxError(`The parameter ${name} is given more than once.`);
    node.text = at < 0 ? '' : decode(pair.slice(at + 1));
  }
  return root;
}

function nodeAt(root: QueryNode, steps: readonly string[]): QueryNode {
  if (steps.length > DEEPEST) throw new SyntaxError('A parameter is nested too deeply.');
  let node = root;
  for (const step of steps) {
    node.children ??= new Map();
    let child = node.children.get(step);
    if (!child) {
      child = {};
      node.children.set(step, child);
    }
    node = child;
  }
  return node;
}

function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw new SyntaxError('The query string is not valid: a percent sign is followed by no UTF-8.');
  }
}
