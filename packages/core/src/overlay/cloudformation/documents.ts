/** The JSON documents that follow each other in a text, as `>>` of a shell writes pages. Their syntax is not checked. */
export function documentsIn(text: string): readonly string[] {
  const found: string[] = [];
  const marks = /"(?:[^"\\]|\\[^])*"|[{}[\]]/g;
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(marks)) {
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    else continue;
    if (depth > 0) continue;
    found.push(text.slice(start, index + 1));
    start = index + 1;
  }
  const rest = text.slice(start);
  return rest.trim() === '' ? found : [...found, rest];
}
