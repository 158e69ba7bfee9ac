import { option, wholeNumber } from '../../grammar/options.js';
import * as shared from '../../grammar/shared-options.js';

// Commands that apply a spec, show what they would do and have done, and undo it.

/** `postern plan`. */
export const plan = {
  usage: 'plan [spec...]',
  eachSpec: 'next',
  summary: 'show what apply would do',
  options: [
    shared.region,
    shared.alsoRegion,
    shared.only,
    shared.all,
    option('--destroy', 'show what destroy would do'),
    shared.prune,
    shared.replaceFailed,
    shared.deleteInstances,
    shared.ignoreFindings,
    option('-o, --output <file>', 'save the plan, for apply --plan', { writes: true }),
    shared.full,
    option('--detailed-exitcode', 'exit with 2 when there are changes'),
  ],
  examples: [
    'postern plan',
    'postern plan shop.yaml --detailed-exitcode',
    'postern plan shop.yaml --only orders payments/blue',
    'postern plan -f base.yaml -f prod.yaml --var size=2',
    'postern plan orders.yaml stock.yaml',
    'postern plan -o plan.json && postern apply --plan plan.json',
  ],
} as const;

/** `postern apply`. */
export const apply = {
  usage: 'apply [spec...]',
  eachSpec: 'while-done',
  summary: 'apply the spec',
  options: [
    shared.region,
    shared.alsoRegion,
    shared.only,
    shared.all,
    shared.yes,
    option('--plan <file>', 'apply a saved plan; refused when the current state has changed', { ofOneSpec: true }),
    shared.allowPurchase,
    shared.prune,
    shared.replaceFailed,
    shared.maxDeletes,
    shared.deleteAllRoutes,
    shared.deleteInstances,
    shared.ignoreFindings,
    shared.drain,
    shared.noProbe,
    shared.maxParallel,
    option('--fleet <url>', 'send the spec to this engine, whose workers apply it'),
  ],
  examples: [
    'postern apply',
    'postern apply shop.yaml --yes --json',
    'postern apply --plan plan.json --yes',
    'postern apply --replace-failed',
    'postern apply --ignore-findings target/healthy',
    'postern apply --max-deletes 12',
    'postern apply --drain 5m',
    'postern apply --only orders',
    'postern apply --fleet http://127.0.0.1:8080 --yes',
  ],
} as const;

/** `postern destroy`. */
export const destroy = {
  usage: 'destroy [spec...]',
  eachSpec: 'while-done',
  summary: 'delete what this spec owns',
  options: [
    shared.region,
    shared.alsoRegion,
    shared.yes,
    shared.prune,
    shared.deleteInstances,
    shared.drain,
    shared.maxParallel,
  ],
  examples: ['postern destroy', 'postern destroy shop.yaml --yes --delete-instances'],
} as const;

/** `postern log`. */
export const log = {
  usage: 'log [spec]',
  summary: 'list past runs, or the steps, durations and calls of one',
  options: [
    option('--run <id>', 'show one run; the first or last characters of its ID are enough, or last'),
    option('--limit <number>', 'runs to list, newest first; by default 20', { parse: wholeNumber(1, 10_000) }),
  ],
  examples: [
    'postern log',
    'postern log --run last',
    'postern log postern.yaml --run 1a2b3c4d --json',
    'postern log --limit 5',
  ],
} as const;

/** `postern show`. */
export const show = {
  usage: 'show <file>',
  summary: 'print a saved plan, or what a snapshot holds; no cloud is called',
  options: [shared.full],
  examples: [
    'postern show plan.json',
    'postern show snapshot.json',
    "postern show plan.json --query 'units[].steps[].id'",
  ],
} as const;

/** `postern forget`. */
export const forget = {
  usage: 'forget [spec] [name...]',
  summary: 'stop managing what a spec owns: remove the marks of links, integrations or all, delete nothing',
  options: [
    shared.provider,
    shared.region,
    shared.alsoRegion,
    shared.profile,
    shared.project,
    shared.specId,
    shared.yes,
    option('--dry-run', 'show what would be forgotten, and change nothing'),
    shared.maxParallel,
  ],
  examples: [
    'postern forget --dry-run',
    'postern forget links.orders integrations.orders',
    'postern forget shop.yaml orders --yes',
    'postern forget a1b2c3 --project shop --spec-id shop-7f3k2q --region eu-west-1',
  ],
} as const;
