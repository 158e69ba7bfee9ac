// The CIDR engine against its peers, in the same run: cidr-tools, ipaddr.js, netmask, ip-address, net.BlockList, and sorting. Each
// ratio is of two medians of runs that alternate, so that a machine whose speed drifts changes both sides alike. A list by name
// runs part of it: node bench/cidr.mjs merge cli lookup conflicts parse
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeCidr } from 'cidr-tools';
import ipAddress from 'ip-address';
import ipaddr from 'ipaddr.js';
import { Netmask } from 'netmask';
import {
  ConflictWalk,
  LongestMatch,
  merge as mergeBlocks,
  mergeColumns,
  parsePrefix,
  readLines,
  formatPrefix,
  writePrefix4,
  writePrefix6,
} from '@postern/core/cidr';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { chains4, chains6, random, shuffled, table4, table6, texts4, texts6 } from './cidr/data.mjs';

const COUNT = 200_000;
const MANY = 1_000_000;
const named = process.argv.slice(2);
const wanted = (name) => named.length === 0 || named.includes(name);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
let sink = 0;

/** Medians in ms of several things done in turn, after some rounds that do not count. What they answer is used. */
function compare(things, rounds = 11, before = 2) {
  const times = Object.fromEntries(Object.keys(things).map((name) => [name, []]));
  for (let round = -before; round < rounds; round += 1) {
    for (const [name, act] of Object.entries(things)) {
      const started = performance.now();
      sink += act() ?? 0;
      if (round >= 0) times[name].push(performance.now() - started);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

const ms = (value) => `${value.toFixed(value < 10 ? 2 : 1)} ms`;
const times = (value) => `${value.toFixed(value < 100 ? 2 : 0)} times`;
const say = (what, text) => console.log(`${what.padEnd(58)} ${text}`);
const same = (a, b, what) => {
  if (a.length !== b.length || a.some((text, at) => text !== b[at])) throw new Error(`${what}: the results differ`);
};

/** As from a file or a document: flat strings, no two of them one. */
const loaded = (texts) => JSON.parse(JSON.stringify(texts));
/** Half a table, and as many times one block. */
const doubled = (texts, text) => [...texts, ...Array.from({ length: COUNT - texts.length }, () => text)];
/** How many times as fast as cidr-tools a merge is to be. */
const AT_LEAST = { IPv4: 7, IPv6: 9 };
const lists = Object.fromEntries(
  Object.entries({
    'IPv4 table': texts4(table4(COUNT)),
    'IPv4 table and 100,000 duplicates': doubled(texts4(table4(COUNT / 2)), '198.18.0.0/24'),
    'IPv4 table and 100,000 duplicates, shuffled': shuffled(doubled(texts4(table4(COUNT / 2)), '198.18.0.0/24')),
    'IPv4 chains of 32': texts4(chains4(COUNT)),
    'IPv4 chains of 32, shuffled': shuffled(texts4(chains4(COUNT))),
    'IPv6 table': texts6(table6(COUNT)),
    'IPv6 table and 100,000 duplicates': doubled(texts6(table6(COUNT / 2)), '2001:db8:5::/48'),
    'IPv6 table and 100,000 duplicates, shuffled': shuffled(doubled(texts6(table6(COUNT / 2)), '2001:db8:5::/48')),
    'IPv6 chains of 32': texts6(chains6(COUNT)),
    'IPv6 chains of 32, shuffled': shuffled(texts6(chains6(COUNT))),
  }).map(([name, texts]) => [name, loaded(texts)]),
);

function merge() {
  console.log(`\nparse and merge ${COUNT.toLocaleString('en')} strings to strings`);
  for (const [name, texts] of Object.entries(lists)) {
    same(mergeBlocks(texts), mergeCidr(texts), name);
    const { ours, theirs } = compare({
      ours: () => mergeBlocks(texts).length,
      theirs: () => mergeCidr(texts).length,
    });
    const atLeast = AT_LEAST[name.slice(0, 4)];
    say(name, `${ms(ours)}, cidr-tools ${ms(theirs)}: ${times(theirs / ours)} as fast (at least ${atLeast})`);
  }
}

/** What `postern cidr merge` does inside: bytes to bytes. */
function mergeBytes(bytes) {
  const { four, six } = readLines([bytes]);
  const merged = [mergeColumns(four), mergeColumns(six)];
  const out = new Uint8Array(merged[0].count * 19 + merged[1].count * 44);
  let at = 0;
  for (let row = 0; row < merged[0].count; row += 1) {
    at = writePrefix4(out, at, merged[0].starts[row], merged[0].bits[row]);
    out[at++] = 10;
  }
  for (let row = 0; row < merged[1].count; row += 1) {
    at = writePrefix6(out, at, merged[1].starts, row * 4, merged[1].bits[row]);
    out[at++] = 10;
  }
  return out.subarray(0, at);
}

const theirFileMerge = (bytes) => `${mergeCidr(bytes.toString('latin1').trimEnd().split('\n')).join('\n')}\n`;

function cli() {
  const folder = temporaryFolder('bench');
  const file = (name) => path.join(folder, name);
  console.log('\npostern cidr merge, file to file');
  for (const [name, make] of [
    ['IPv4', (count) => texts4(table4(count))],
    ['IPv6', (count) => texts6(table6(count))],
  ]) {
    writeFileSync(file('in'), `${make(COUNT).join('\n')}\n`);
    same(
      [Buffer.from(mergeBytes(readFileSync(file('in')))).toString()],
      [theirFileMerge(readFileSync(file('in')))],
      name,
    );
    const inside = compare({
      ours: () => writeFileSync(file('ours'), mergeBytes(readFileSync(file('in')))),
      theirs: () => writeFileSync(file('theirs'), theirFileMerge(readFileSync(file('in')))),
    });
    say(
      `${name}, ${COUNT.toLocaleString('en')} lines, inside the process`,
      `${ms(inside.ours)}, cidr-tools ${ms(inside.theirs)}: ${times(inside.theirs / inside.ours)} as fast (at least 8)`,
    );

    writeFileSync(file('in'), `${make(MANY).join('\n')}\n`);
    const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'cidr', 'cidr-tools-merge.mjs');
    const bin = fileURLToPath(new URL('../packages/cli/dist/bin.js', import.meta.url));
    const run = (args, out) => {
      const target = openSync(file(out), 'w');
      const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', target, 'pipe'] });
      closeSync(target);
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
    };
    const whole = compare(
      {
        floor: () => run(['-e', '0'], 'nothing'),
        ours: () => run([bin, 'cidr', 'merge', file('in')], 'ours'),
        theirs: () => run([script, file('in')], 'theirs'),
      },
      7,
    );
    same([readFileSync(file('ours'), 'latin1')], [readFileSync(file('theirs'), 'latin1')], name);
    const [ours, theirs] = [whole.ours - whole.floor, whole.theirs - whole.floor];
    say(
      `${name}, ${MANY.toLocaleString('en')} lines, whole processes less node -e 0`,
      `${ms(ours)}, cidr-tools ${ms(theirs)}: ${times(theirs / ours)} as fast (at least 8)`,
    );
  }
}

function lookup() {
  console.log(`\nlongest match in ${COUNT.toLocaleString('en')} blocks`);
  const texts = lists['IPv4 table'];
  const { four } = readLines([Buffer.from(texts.join('\n'))]);
  const match = new LongestMatch(four);
  const next = random(5);
  // Half of them anywhere, half in one of the blocks.
  const asked = Uint32Array.from({ length: 1_000_000 }, (_, at) =>
    at % 2 === 0 ? next() * 2 ** 32 : four.starts[Math.floor(next() * four.count)] + Math.floor(next() * 200),
  );
  const { starts, rows } = match.segments();
  const bsearch = (address) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= address) low = middle;
      else high = middle;
    }
    return rows[low];
  };
  for (const address of asked) if (bsearch(address) !== match.find4(address)) throw new Error('longest match differs');
  const all = (find) => () => {
    let sum = 0;
    for (let at = 0; at < asked.length; at += 1) sum += find(asked[at]);
    return sum;
  };
  const found = compare({ ours: all((address) => match.find4(address)), plain: all(bsearch) });
  const perLookup = (found.ours / asked.length) * 1e6;
  say(
    'against a plain binary search over the flattened starts',
    `${perLookup.toFixed(0)} ns, ${((found.plain / asked.length) * 1e6).toFixed(0)} ns: ${times(found.ours / found.plain)} the time (at most 0.5)`,
  );
  for (const [rules, checks, atLeast] of [
    [1_000, 2_000, 100],
    [10_000, 200],
    [COUNT, 10, 50_000],
  ]) {
    const list = new BlockList();
    for (let row = 0; row < rules; row += 1) {
      const [address, bits] = texts[row].split('/');
      list.addSubnet(address, Number(bits), 'ipv4');
    }
    const small = new LongestMatch(readLines([Buffer.from(texts.slice(0, rules).join('\n'))]).four);
    const some = Array.from(asked.subarray(0, checks), (address) =>
      formatPrefix({ address: { family: 4, value: BigInt(address) }, bits: 32 }).slice(0, -3),
    );
    for (const [at, text] of some.entries())
      if (list.check(text) !== (small.find4(asked[at]) !== -1)) throw new Error(`BlockList differs at ${text}`);
    const { ours, theirs } = compare(
      {
        ours: all((address) => small.find4(address)),
        theirs: () => some.filter((text) => list.check(text)).length,
      },
      5,
    );
    const [our, their] = [(ours / asked.length) * 1e6, (theirs / checks) * 1e6];
    const limit = atLeast ? ` (at least ${atLeast.toLocaleString('en')})` : '';
    say(
      `net.BlockList.check, ${rules.toLocaleString('en')} rules`,
      `${our.toFixed(0)} ns, ${their.toFixed(0)} ns: ${Math.round(their / our).toLocaleString('en')} times as fast${limit}`,
    );
  }
}

/** A table in which so many blocks come in chains: about four million pairs in a million blocks. */
function withChains(table, chains, count, options) {
  return shuffled([...table(MANY - count), ...chains(count, options)]);
}

function conflicts() {
  console.log(`\nall conflicts of ${MANY.toLocaleString('en')} blocks, every pair delivered`);
  const numbers = Float64Array.from({ length: MANY }, random(6));
  const pairs = new Uint32Array(1 << 16);
  for (const [name, columns, atMost] of [
    ['IPv4', readLines([Buffer.from(texts4(withChains(table4, chains4, 300_000, { from: 16 })).join('\n'))]).four, 0.6],
    ['IPv6', readLines([Buffer.from(texts6(withChains(table6, chains6, 240_000)).join('\n'))]).six, 1.2],
  ]) {
    let delivered = 0;
    const before = process.memoryUsage();
    const { ours, sort } = compare(
      {
        ours: () => {
          const walk = new ConflictWalk(columns);
          delivered = 0;
          for (let found = walk.next(pairs); found > 0; found = walk.next(pairs)) delivered += found;
          return delivered;
        },
        sort: () => numbers.slice().sort()[0],
      },
      15,
      // The engine compiles what runs once a round after some rounds only; the sort is compiled from the start.
      6,
    );
    const after = process.memoryUsage();
    say(
      `${name}, ${delivered.toLocaleString('en')} pairs`,
      `${ms(ours)}, Float64Array sort of a million ${ms(sort)}: ${times(ours / sort)} the time (at most ${atMost})`,
    );
    say(
      '',
      `memory: ${Math.round(after.rss / 2 ** 20)} MB resident, ${Math.round((after.rss - before.rss) / 2 ** 20)} MB more than before`,
    );
  }
}

function parse() {
  console.log(`\nparse ${COUNT.toLocaleString('en')} strings, one by one`);
  for (const name of ['IPv4 table', 'IPv6 table']) {
    const texts = lists[name];
    const bytes = Buffer.from(`${texts.join('\n')}\n`);
    const each = (read) => () => {
      let last;
      for (const text of texts) last = read(text);
      return last ? 1 : 0;
    };
    const isFour = name.includes('IPv4');
    const found = compare(
      {
        'lines of bytes, to columns': () => readLines([bytes]).four.count,
        'parsePrefix, to values': each(parsePrefix),
        'ip-address': each((text) => (isFour ? new ipAddress.Address4(text) : new ipAddress.Address6(text))),
        ...(isFour ? { netmask: each((text) => new Netmask(text)) } : {}),
        'ipaddr.js': each((text) => ipaddr.parseCIDR(text)),
      },
      3,
    );
    const ours = found['lines of bytes, to columns'];
    for (const [what, took] of Object.entries(found))
      say(`${name}: ${what}`, `${ms(took)} (${times(took / ours)} ours)`);
  }
}

for (const [name, act] of Object.entries({ merge, cli, lookup, conflicts, parse })) if (wanted(name)) act();
const most = process.resourceUsage().maxRSS / 1024;
console.log(`\nmemory at most ${Math.round(most)} MB, peers included`);
if (Number.isNaN(sink)) console.log('a result was no number');
