import type { CommandDescription } from './description.js';
import {
  all,
  allowPurchase,
  deleteAllRoutes,
  deleteInstances,
  drain,
  full,
  ignoreFindings,
  maxDeletes,
  maxParallel,
  noProbe,
  only,
  prune,
  region,
  replaceFailed,
  yes,
} from './shared-options.js';

// Commands that apply a spec, and that undo it.

/** `postern plan`. */
export const plan: CommandDescription = {
  usage: 'plan [spec...]',
  eachSpec: 'next',
  summary: 'show what apply would do',
  options: [
    region,
    only,
    all,
    { flags: '--destroy', description: 'show what destroy would do' },
    prune,
    replaceFailed,
    deleteInstances,
    ignoreFindings,
    { flags: '-o, --output <file>', description: 'save the plan, for apply --plan', writes: true },
    full,
    { flags: '--detailed-exitcode', description: 'exit with 2 when there are changes' },
  ],
  examples: [
    'postern plan',
    'postern plan shop.yaml --detailed-exitcode',
    'postern plan shop.yaml --only orders payments/blue',
    'postern plan -f base.yaml -f prod.yaml --var size=2',
    'postern plan orders.yaml stock.yaml',
    'postern plan -o plan.json && postern apply --plan plan.json',
  ],
  load: () => import('../commands/apply/plan.js'),
};

/** `postern apply`. */
export const apply: CommandDescription = {
  usage: 'apply [spec...]',
  eachSpec: 'while-done',
  summary: 'apply the spec',
  options: [
    region,
    only,
    all,
    yes,
    {
      flags: '--plan <file>',
      description: 'apply a saved plan; refused when the current state has changed',
      ofOneSpec: true,
    },
    allowPurchase,
    prune,
    replaceFailed,
    maxDeletes,
    deleteAllRoutes,
    deleteInstances,
    ignoreFindings,
    drain,
    noProbe,
    maxParallel,
    { flags: '--fleet <url>', description: 'send the spec to this engine, whose workers apply it' },
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
  load: () => import('../commands/apply/apply.js'),
};

/** `postern destroy`. */
export const destroy: CommandDescription = {
  usage: 'destroy [spec...]',
  eachSpec: 'while-done',
  summary: 'delete what this spec owns',
  options: [region, yes, prune, deleteInstances, drain, maxParallel],
  examples: ['postern destroy', 'postern destroy shop.yaml --yes --delete-instances'],
  load: () => import('../commands/apply/destroy.js'),
};
