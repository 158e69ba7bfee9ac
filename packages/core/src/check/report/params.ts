import type { Param, Params } from '../../do/findings/finding.js';

/** All texts and numbers of params, however deep, as texts. */
export function valuesOf(params: Params): readonly string[] {
  const values: string[] = [];
  addValues(params, values);
  return values;
}

/** Into one list: a report may have ten thousand params, and a list for each level takes longer than all else. */
function addValues(value: Param, values: string[]): void {
  if (typeof value === 'string') values.push(value);
  else if (typeof value === 'number') values.push(String(value));
  else if (typeof value === 'object') {
    for (const member of Object.values(value)) addValues(member, values);
  }
}
