/** A part of a template: text, or the expression between `${` and `}`. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/** The parts of a template. Undefined where it has directives (`%{ if … }`), or an expression that does not end. */
export function partsOf(template: string): readonly TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let text = '';
  for (let at = 0; at < template.length; at += 1) {
    const [two, three] = [template.slice(at, at + 2), template.slice(at, at + 3)];
    if (three === '$${' || three === '%%{') {
      text += three.slice(1);
      at += 2;
    } else if (two === '%{') return undefined;
    else if (two === '${') {
      const end = endOf(template, at + 2);
      if (end === undefined) return undefined;

      if (text !== '') parts.push({ text });
      text = '';
      parts.push({ expression: template.slice(at + 2, end).replace(/^~|~$/g, '') });
      at = end;
    } else text += template[at];
  }
  if (text !== '' || parts.length === 0) parts.push({ text });
  return parts;
}

/** Where an expression ends: at the brace that closes it. Strings in it may have expressions of their own. */
function endOf(template: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < template.length; at += 1) {
    const letter = template[at];
    if (letter === '{') depth += 1;
    else if (letter === '}' && depth === 0) return at;
    else if (letter === '}') depth -= 1;
    else if (letter === '"') {
      const end = endOfString(template, at + 1);
      if (end === undefined) return undefined;

      at = end;
    }
  }
  return undefined;
}

function endOfString(template: string, from: number): number | undefined {
  for (let at = from; at < template.length; at += 1) {
    if (template[at] === '\\') at += 1;
    else if (template[at] === '"') return at;
    else if (template.slice(at, at + 2) === '${' && template[at - 1] !== '$') {
      const end = endOf(template, at + 2);
      if (end === undefined) return undefined;

      at = end;
    }
  }
  return undefined;
}
