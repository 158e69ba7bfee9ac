// Imports each entry of the libraries, uses them, and prints what differs in the process from before the first import: one line each.
import { readFileSync, rmSync, mkdtempSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { buildNetwork, clients } from '../quickstart/network.mjs';

/** Without those of `@postern/testing`, which run inside vitest. */
const PACKAGES = ['core', 'aws', 'alibaba', 'simulator', 'fleet'];

/** What a program has only one of, and a library may not change: `name → value`. */
function state() {
  const found = new Map();
  const members = (name, of) => {
    for (const key of Reflect.ownKeys(of)) found.set(`${name}.${String(key)}`, of[key]);
  };
  for (const name of process.eventNames())
    for (const listener of process.listeners(name)) found.set(`listener of ${String(name)}: ${listener}`, listener);
  members('globalThis', globalThis);
  members('process', process);
  members('process', Object.getPrototypeOf(process));
  members('process.env', process.env);
  members('http', http);
  members('https', https);
  members('Error', Error);
  for (const type of [Object, Array, String, Number, BigInt, Promise, Map, Set, Date, Function]) {
    const { prototype } = type;
    for (const key of Reflect.ownKeys(prototype)) {
      const { get, value } = Object.getOwnPropertyDescriptor(prototype, key);
      found.set(`${type.name}.prototype.${String(key)}`, get ?? value);
    }
  }
  found.set('folder', process.cwd());
  found.set('umask', process.umask());
  return found;
}

/**
 * What changes without a library: objects that Node makes anew at each look and its own counters, and what copies of zod share under
 * names of their own.
 */
const CHANGES =
  /^(?:process\.(?:_events|_eventsCount|moduleLoadList|report|features|config|versions|release|allowedNodeEnvironmentFlags|memoryUsage)|globalThis\.__zod_\w+)$/;

// The first look makes Node load what it loads on first use.
state();
const before = state();
const print = (when) => {
  const now = state();
  for (const name of new Set([...before.keys(), ...now.keys()])) {
    if (CHANGES.test(name) || Object.is(before.get(name), now.get(name))) continue;
    console.log(`${when}: ${name}`);
    before.set(name, now.get(name));
  }
};

const entries = PACKAGES.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(new URL(`../../packages/${name}/package.json`, import.meta.url), 'utf8'));
  return Object.keys(exports)
    .filter((entry) => exports[entry].types !== undefined && !entry.includes('*'))
    .map((entry) => `@postern/${name}${entry.slice(1)}`);
});
for (const entry of entries) {
  await import(entry);
  print(`after import of ${entry}`);
}

const { PrivateIntegrations, simulatorAt } = await import('@postern/core');
const { fileJournal } = await import('@postern/core/node');
const { aws } = await import('@postern/aws');
const { alibaba } = await import('@postern/alibaba');
const { simulate } = await import('@postern/simulator');

const cloud = await simulate({ seed: 7, clock: 'auto' }).listen();
const simulator = await simulatorAt(cloud.url);
const there = clients({
  endpoint: cloud.url,
  region: 'eu-west-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
});
const network = await buildNetwork(there, () => undefined);
print('after the start of the simulated clouds');

const folder = mkdtempSync(path.join(tmpdir(), 'postern-test-'));
const journal = fileJournal(path.join(folder, 'shop.journal'));
const gate = new PrivateIntegrations(aws({ region: 'eu-west-1', simulator }), {
  project: 'shop',
  spec: 'shop',
  journal,
});
const onEvent = () => print('while a link is created');
const link = await gate.ensureLink({ name: 'orders', subnets: network.subnets.slice(0, 2) }, { onEvent });
const target = await gate.ensureTarget(link, { name: 'orders', listenerArn: network.listener });
await gate.allow(link, ['10.0.0.0/20']);
await gate.ensureRoute(network.api, 'ANY /orders/{proxy+}', target);
await gate.deleteRoute(network.api, 'ANY /orders/{proxy+}');
await gate.deleteLink(link);
print('after the life of a link');

const other = new PrivateIntegrations(alibaba({ region: 'cn-hangzhou', simulator }), {
  project: 'shop',
  spec: 'other',
});
for await (const _ of other.links()) print('while links are listed');
print('after the links of Alibaba Cloud');

await cloud.close();
rmSync(folder, { recursive: true });
print('at the end');
console.log(`${entries.length} entries`);
