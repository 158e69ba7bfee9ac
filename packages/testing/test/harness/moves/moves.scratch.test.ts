import { it, expect } from 'vitest';
import { prepare } from '../../../src/harness/index.js';
import { AWS_MOVES } from './aws.js';
import { ALIBABA_MOVES } from './alibaba.js';
it.each([...AWS_MOVES, ...ALIBABA_MOVES].filter((s)=>s.name.includes(process.env.ONLY??'')).map((s) => [s.name, s] as const))('%s', async (name, s) => {
  const b = process.cpuUsage();
  const p = await prepare(s);
  const c = process.cpuUsage(b);
  console.log(name, 'cpu', (c.user + c.system) / 1e6, 'deeds', p.base.deeds.length, 'calls', p.base.routeCalls, 'runs', p.base.runs);
}, 100000);
