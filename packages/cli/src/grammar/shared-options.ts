import { type OptionDescription, drainSeconds, linkIds, texts, wholeNumber } from './options.js';

/** The region of links without one. */
export const region: OptionDescription = {
  flags: '--region <region>',
  description: 'region where the spec names none',
};
/** Which cloud. */
export const provider: OptionDescription = {
  flags: '--provider <name>',
  description: 'the cloud; by default the one whose IDs or regions look like those given, else aws',
  choices: ['aws', 'alibaba'],
  ofClouds: true,
};
/** Which kind of link, where an ID or a name is that of several. */
export const kind: OptionDescription = {
  flags: '--kind <kind>',
  description: 'kind of the link: vpc-link-v2 or vpc-link-v1 (AWS); by default any that matches',
};
/** The profile of the credentials. */
export const profile: OptionDescription = { flags: '--profile <name>', description: 'profile of the credentials file' };
/** The spec as an option. */
export const spec: OptionDescription = {
  flags: '-f, --spec <file>',
  description:
    'the spec; by default postern.{yaml,yml,json} of this folder; again for an overlay, which changes what came before',
  parse: texts,
};
/** Values of the spec's own variables. */
export const variable: OptionDescription = {
  flags: '--var <name=value>',
  description: 'value of ${var:name} in the spec (repeatable)',
  parse: texts,
};
/** Clouds besides those that the command brings. */
export const cloud: OptionDescription = {
  flags: '--cloud <file>',
  description:
    'a program, or an installed package, that brings another cloud: default export { cloud, driver } (repeatable)',
  parse: texts,
};
/** Every gateway, not only those of the spec. */
export const all: OptionDescription = {
  flags: '--all',
  description: 'read every gateway, for routes on those that the spec no longer names',
};
/** Each change of a plan. */
export const full: OptionDescription = {
  flags: '--full',
  description: 'list each change, however many there are',
};
/** A part of the spec. */
export const only: OptionDescription = {
  flags: '--only <names...>',
  description:
    'only these links, integrations and targets (orders/main), and the links that they need; write [spec] before it',
};
/** For use without a person who can confirm. */
export const yes: OptionDescription = { flags: '-y, --yes', description: 'do not ask' };
/** The project whose marks are looked up. */
export const project: OptionDescription = {
  flags: '--project <name>',
  description: "the project; by default the spec's",
};

/** Replaces the identity in a spec file that is lost. */
export const specId: OptionDescription = {
  flags: '--spec-id <identity>',
  description: "identity of the spec (`spec:`, the link's tag postern:owner); by default the spec's",
};
/** Without it nothing is bought. */
export const allowPurchase: OptionDescription = {
  flags: '--allow-purchase',
  description: 'allow the purchases in the plan, at the price that it shows',
};
/** Without it a spec that declares no routes deletes none. */
export const deleteAllRoutes: OptionDescription = {
  flags: '--delete-all-routes',
  description: 'delete every route of a spec that no longer declares any',
};
/** Without it few deletions are carried out. */
export const maxDeletes: OptionDescription = {
  flags: '--max-deletes <number>',
  description:
    'links, targets and routes that may be deleted; by default 2, or up to 5 where that is at most 20 % of what the spec owns',
  parse: wholeNumber(0, 1_000_000),
};
/** Without it what was bought is kept. */
export const deleteInstances: OptionDescription = {
  flags: '--delete-instances [ids]',
  description:
    'also delete links that would have to be bought again; with IDs (A,B) exactly these, also those that are not sold any more',
  parse: linkIds,
};
/** Without it what names no spec is kept. */
export const prune: OptionDescription = {
  flags: '--prune',
  description: 'also delete undeclared resources of the project whose marks name no spec; another spec may own them',
};
/** Without it a failed link is kept. */
export const replaceFailed: OptionDescription = {
  flags: '--replace-failed',
  description: 'replace failed links of this project, and delete the failed ones',
};
/** Without it an error that the plan does not fix stops it. */
export const ignoreFindings: OptionDescription = {
  flags: '--ignore-findings <check[:subject]>',
  description: 'go on with errors of this check (path/*: of this family), or of one subject of it (repeatable)',
  parse: texts,
};
/** By default the plan decides. */
export const drain: OptionDescription = {
  flags: '--drain <duration>',
  description:
    'wait so long for calls in flight before a link or target is deleted, or an allowlist narrowed: 60, 90s, 5m; 0: no wait',
  parse: drainSeconds,
};
/** Tests before a new link is used, and of routes that moved to it. */
export const noProbe: OptionDescription = {
  flags: '--no-probe',
  description: 'do not test a new link before routes use it, and do not call routes after they moved to it',
};
/** The number of parallel operations. */
export const maxParallel: OptionDescription = {
  flags: '--max-parallel <number>',
  description: 'units that run in parallel',
  parse: wholeNumber(1, 64),
};

/** A file in the place of the clouds. */
export const snapshotFile: OptionDescription = {
  flags: '--snapshot <file>',
  description: 'read this snapshot, without any call; - is standard input',
};

/** The format of a picture. */
export function pictureFormat(fallback?: string): OptionDescription {
  return {
    flags: '--format <format>',
    description: 'svg, dot (Graphviz), mermaid (Markdown) or html',
    choices: ['svg', 'dot', 'mermaid', 'html'],
    fallback,
  };
}
/** Where a picture is written. */
export const pictureOutput: OptionDescription = {
  flags: '-o, --output <file>',
  description: 'write the picture to this file',
  writes: true,
};

/** Who receives changes of verdicts. */
export const notify: OptionDescription = {
  flags: '--notify <kind=target>',
  description:
    'also report changes of verdicts to webhook=URL, slack=URL or github=FILE, the text of an issue (repeatable); a URL may be @env:NAME or @FILE',
  parse: texts,
};

/** Metrics for Prometheus over HTTP. */
export const metricsPort: OptionDescription = {
  flags: '--metrics-port <port>',
  description: 'serve metrics for Prometheus at /metrics of this port; 0 selects a free one',
  parse: wholeNumber(0, 65_535),
};
/** Where they are served. */
export const metricsHost: OptionDescription = {
  flags: '--metrics-host <address>',
  description: 'address to serve metrics on; by default 127.0.0.1',
};
