import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../run-command.js';
import { rehearsedShop } from './world.js';

const APPLY = ['rehearse', 'apply', '--snapshot', 'now.json'];

describe('postern rehearse apply', () => {
  it('replaces a link on the twin without a lost call, and prints what the real cloud may do otherwise', async () => {
    const { cwd, write, open } = await rehearsedShop();
    write(1, open);
    const { status, out, err } = await run(APPLY, { cwd });
    console.log(out, err);
    expect(status).toBe(0);
  });
});
