import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { FORCED } from './forced.js';
it('all', async () => {
  const rows = [];
  for (const [id, force] of FORCED) {
    try {
      rows.push(await force());
    } catch (e) {
      rows.push({ id, error: String(e).slice(0, 300) });
    }
    writeFileSync('/work/out/mf/forced.json', rows.map((r) => JSON.stringify(r)).join('\n'));
  }
}, 3600000);
