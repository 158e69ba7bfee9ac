import { readFileSync } from 'node:fs';
import { aws } from '@postern/aws';
import { clouds, PrivateIntegrations } from '@postern/core';
import { parseSpec } from '@postern/core/spec';
const driver = aws({ region: 'eu-west-1' });
const spec = parseSpec(readFileSync('postern.yaml', 'utf8'), { clouds: clouds([driver.cloud]) });
const gate = new PrivateIntegrations(driver, { project: spec.project, spec: spec.spec });
const made = await gate.ensure(spec); // creates what is missing, finds what an earlier run created
console.log(made.links['main']?.egress); // the addresses from which calls come
await gate.release(); // deletes what carries the mark of the spec
