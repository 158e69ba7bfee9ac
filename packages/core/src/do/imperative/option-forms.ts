import { explainShape, type ExplainOptions } from '../findings/explanation.js';
import { list, oneOf, optional, strict, type Form, type Shape } from '../forms/form.js';
import {
  amount,
  callback,
  choice,
  optionalFlag,
  optionalTexts,
  ruled,
  signal,
  strings,
  tcpPort,
  text,
  texts,
  name,
  withFunctions,
} from '../forms/values.js';
import { deleteInstances, planOptions } from '../plan/plan-form.js';
import { SPEC_ID_RULE } from '../forms/text-rules.js';
import { routeSettings } from '../input/spec-form.js';
import { applyOptions, type ApplyOptions } from '../apply/apply.js';
import { journalForm, type Journal, type OpenMovesIn } from '../apply/journal.js';
import { checkOptions, type CheckOptions } from '../findings/check-options.js';
import { contextOptions, type ContextOptions } from '../context.js';
import type { DeleteLinkOptions, EnsureLinkOptions, EnsureRouteOptions, EventOptions } from './call-options.js';
import type { ObserveOptions } from '../observe/read-places.js';
import type { Judge } from '../plan/judge.js';
import type { PlanOptions } from '../plan/plan.js';
import type { ProbeOptions } from '../probe/probe-options.js';
import type { RunProbe } from '../probe/run-probe.js';

interface Call {
  readonly signal?: AbortSignal | undefined;
}

const callOptions: Shape<Call> = { signal };
const { allowPurchase, callGateway } = applyOptions;
/** `PrivateIntegrations` sets these itself: its method does not accept them. */
const {
  drivers: _d,
  context: _c,
  journal: _j,
  judge: _g,
  runs: _r,
  maxParallel: _m,
  command: _n,
  ...ofApply
} = applyOptions;

const { signal: _ofEachCall, ...ofContext } = contextOptions;

/** The form of the options of each method of `PrivateIntegrations`. */
export const OPTIONS = {
  construction: strict<
    Omit<ContextOptions, 'signal'> & {
      readonly project: string;
      readonly spec?: string;
      readonly journal?: Journal;
      readonly judge?: Judge;
      readonly openMovesIn?: OpenMovesIn;
    }
  >()({
    project: name,
    spec: optional(ruled(SPEC_ID_RULE)),
    journal: optional(journalForm),
    judge: optional(withFunctions<Judge>('the judge of @postern/core/check', 'check')),
    openMovesIn: optional(callback<OpenMovesIn>()),
    ...ofContext,
  }),
  call: strict<Call>()(callOptions),
  purchase: strict<Call & { readonly allowPurchase?: boolean }>()({ signal, allowPurchase }),
  events: strict<EventOptions>()({ signal, onEvent: optional(callback()) }),
  ensureLink: strict<EnsureLinkOptions>()({
    signal,
    allowPurchase,
    onEvent: optional(callback()),
    onNote: optional(callback()),
    timeoutMs: optional(amount),
  }),
  ensureRoute: strict<EnsureRouteOptions>()({
    signal,
    onEvent: optional(callback()),
    settings: optional(routeSettings),
  }),
  deleteLink: strict<DeleteLinkOptions>()({ signal, onEvent: optional(callback()), deleteInstance: optionalFlag }),
  allow: strict<Call & { readonly ports?: readonly number[] | 'all' }>()({ signal, ports: optional(portsForm()) }),
  revoke: strict<Call & { readonly force?: boolean }>()({ signal, force: optionalFlag }),
  observe: strict<Call & Pick<ObserveOptions, 'checks' | 'domains'>>()({
    signal,
    checks: optionalFlag,
    domains: optionalFlag,
  }),
  explain: strict<Call & Omit<ExplainOptions, 'live'>>()({ signal, ...explainShape }),
  check: strict<Call & CheckOptions>()({
    signal,
    ...checkOptions,
  }),
  probe: strict<Call & ProbeOptions & Pick<RunProbe, 'callGateway' | 'timeoutMs' | 'maxParallel' | 'onResult'>>()({
    signal,
    only: optionalTexts,
    stages: optionalTexts,
    methods: optional(
      choice<readonly string[] | 'all'>("a list of methods, or 'all'", (given) =>
        given === 'all' ? text : Array.isArray(given) ? texts : undefined,
      ),
    ),
    paths: optional(strings),
    headers: optional(strings),
    hosts: optional(strings),
    via: optional(oneOf('gateway', 'test-call')),
    callGateway,
    timeoutMs: optional(amount),
    maxParallel: optional(amount),
    onResult: optional(callback()),
  }),
  plan: strict<Call & PlanOptions & Pick<ApplyOptions, 'ignoreFindings'>>()({
    ...callOptions,
    ...planOptions,
    ignoreFindings: optionalTexts,
  }),
  apply: strict<
    Call &
      Pick<
        ApplyOptions,
        | 'spec'
        | 'allowPurchase'
        | 'deleteAllRoutes'
        | 'maxDeletes'
        | 'ignoreFindings'
        | 'drain'
        | 'probe'
        | 'callGateway'
      >
  >()({
    signal,
    ...ofApply,
  }),
  destroy: strict<Call & Pick<PlanOptions, 'deleteInstances' | 'prune'>>()({
    signal,
    deleteInstances,
    prune: optionalFlag,
  }),
  forgetSpec: strict<Call & Pick<PlanOptions, 'names'>>()({ signal, names: optionalTexts }),
} as const;

/** A list of ports, or all of them. */
function portsForm(): Form<readonly number[] | 'all'> {
  const ports = list(tcpPort);
  return choice("a list of ports, or 'all'", (given) => {
    if (given === 'all') return text;
    return Array.isArray(given) && given.length > 0 ? ports : undefined;
  });
}
