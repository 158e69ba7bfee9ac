/** A value that a file has written out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * What an object of a type has in place of an optional attribute that it lacks: the default, or null. An attribute is left out whose
 * default is an expression, or has another value elsewhere in the type.
 * @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints#optional-object-type-attributes
 */
export function optionalAttributes(type: string): ReadonlyMap<string, Json> {
  const text = type.replaceAll(/(^|\s)(?:#|\/\/)[^\n"]*$/gm, '$1');
  const found = new Map<string, Set<string>>();
  for (const match of text.matchAll(/([\w-]+)\s*=\s*optional\(/g)) {
    const [head, name = ''] = match;
    found.set(name, (found.get(name) ?? new Set<string>()).add(defaultAt(text, match.index + head.length)));
  }
  return new Map(
    [...found].flatMap(([name, [only = '', ...others]]) => {
      const value = others.length === 0 ? literal(only) : undefined;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The second argument, from the beginning of the first one on. */
function defaultAt(text: string, start: number): string {
  let depth = 0;
  let comma: number | undefined;
  for (let at = start; at < text.length; at += 1) {
    const one = text[at] ?? '';
    if (one === '"') at = endOfText(text, at);
    else if ('([{'.includes(one)) depth += 1;
    else if (')]}'.includes(one)) {
      if (depth === 0) return comma === undefined ? 'null' : text.slice(comma + 1, at).trim();

      depth -= 1;
    } else if (one === ',' && depth === 0) comma ??= at;
  }
  return '';
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** A value that is written out. Undefined: it is an expression. */
function literal(text: string): Json | undefined {
  if (text.includes('${') || text.includes('%{')) return undefined;

  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
