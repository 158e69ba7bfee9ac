import * as z from 'zod';
import { ERROR_CODES, type ErrorCode } from '../ground/error-codes.js';
import type { LinkPrice } from '../do/model/link.js';
import {
  PLAN_VERSION,
  type Deletions,
  type FormerPlace,
  type LeftOut,
  type Plan,
  type PlanOptions,
  type Step,
  type Unit,
  type UnreadPart,
} from '../do/plan/plan.js';
import { count, flag, json, moment, name, optionalText, strict, text, texts } from './fields.js';
import { planFinding } from './finding-schema.js';

type Resource = Step['resource'];
type Change = NonNullable<Step['changes']>[number];

const step = strict<Step>()({
  id: text,
  kind: z.enum([
    'create',
    'adopt',
    'rename',
    'tag',
    'replace',
    'retarget',
    'allow',
    'revoke',
    'deploy',
    'configure',
    'delete',
  ]),
  resource: strict<Resource>()({
    type: z.enum(['link', 'allowlist', 'target', 'route', 'stage']),
    name: text,
    id: optionalText,
  }),
  reason: text,
  changes: z.array(strict<Change>()({ field: text, from: json.optional(), to: json.optional() })).optional(),
  purchase: strict<LinkPrice>()({ summary: text, terms: texts, closed: text.optional() }).optional(),
  warning: optionalText,
  drainMs: count.optional(),
  input: json,
});

/**
 * The schema for accounts and regions that were not read. A code that this version does not know matches none
 * of its errors.
 */
const unreadPart = strict<UnreadPart>()({
  provider: text,
  region: text,
  account: text,
  links: texts,
  integrations: texts,
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode]),
  message: text,
  remedy: optionalText,
});

const unit = strict<Unit>()({
  id: text,
  kind: z.enum([
    'link',
    'link-removal',
    'link-narrowing',
    'allowlist-removal',
    'integration',
    'target-removal',
    'gateway',
  ]),
  name: text,
  provider: text,
  product: optionalText,
  region: text,
  account: text,
  dependsOn: texts,
  steps: z.array(step),
});

const formerPlace = strict<FormerPlace>()({
  provider: text,
  product: optionalText,
  region: text,
  account: optionalText,
  profile: optionalText,
  assumeRole: optionalText,
  gateways: z.array(z.record(z.string(), text)),
  linkKinds: z.array(text).optional(),
});

/** The schema of a plan file. */
export const planSchema = strict<Plan>()({
  version: z.literal(PLAN_VERSION),
  project: name,
  goal: z.enum(['apply', 'destroy', 'forget']),
  takenAt: moment,
  fingerprint: text,
  options: strict<PlanOptions>()({
    only: texts.optional(),
    all: flag.optional(),
    elsewhere: z.array(formerPlace).optional(),
    prune: flag.optional(),
    replaceFailed: flag.optional(),
    deleteInstances: z.union([flag, texts]).optional(),
    names: texts.optional(),
  }).optional(),
  units: z.array(unit),
  notes: texts,
  leftOut: strict<LeftOut>()({ links: texts, integrations: texts, targets: texts, undeclared: texts }).optional(),
  deletions: strict<Deletions>()({ resources: texts, owned: count }).optional(),
  incomplete: texts.optional(),
  unread: z.array(unreadPart).optional(),
  notRead: texts.optional(),
  findings: z.array(planFinding).optional(),
  otherFindings: count.optional(),
  unchanged: count,
});
