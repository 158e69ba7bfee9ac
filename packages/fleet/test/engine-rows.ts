/** What an engine stores, by SQL: its files are compressed. */
export async function engineRows<T>(admin: string, query: string): Promise<readonly T[]> {
  const answer = await fetch(`${admin}/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await answer.json()) as { readonly rows: readonly T[] }).rows;
}

/** All journals and states of an engine, and the last failures, as text. */
export async function engineStorage(admin: string): Promise<string> {
  const texts: string[] = [];
  for (const query of ['select raw as value from sys_journal', 'select value from state'])
    for (const { value } of await engineRows<{ readonly value: string }>(admin, query))
      texts.push(Buffer.from(value, 'hex').toString('latin1'));
  for (const { value } of await engineRows<{ readonly value: string }>(
    admin,
    'select last_failure as value from sys_invocation',
  ))
    texts.push(value);
  return texts.join('\n');
}
