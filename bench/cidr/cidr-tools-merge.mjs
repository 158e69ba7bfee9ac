// What somebody would write with cidr-tools: a file in, merged to stdout.
import { readFileSync, writeSync } from 'node:fs';
import { mergeCidr } from 'cidr-tools';

const [file] = process.argv.slice(2);
const out = Buffer.from(`${mergeCidr(readFileSync(file, 'latin1').trimEnd().split('\n')).join('\n')}\n`);
for (let at = 0; at < out.length;) at += writeSync(1, out, at);
