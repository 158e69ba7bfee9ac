import { applyOptions } from '../apply/apply.js';
import { checkOptions } from '../findings/check.js';
import { explainShape } from '../findings/explanation.js';
import { checkArguments, type MethodForms } from '../forms/check-argument.js';
import { list, optional } from '../forms/form.js';
import { amount, callback, optionalFlag, optionalTexts, ports, withSignal } from '../forms/values.js';
import { routeSettings } from '../kinds/reference-forms.js';
import { planForm } from '../plan/plan-part.js';
import { planOptionsShape } from '../plan/plan.js';
import { probeOptions } from '../probe/probe-options.js';
import type * as Options from './call-options.js';
import {
  cidrBlocks,
  gateway,
  linkOrId,
  linkOrName,
  linkRequest,
  linkTarget,
  routeKey,
  targetRequest,
  type RequestPlace,
} from './request-forms.js';

const { allowPurchase, callGateway, ignoreFindings } = applyOptions;
const onEvent = optional(callback<NonNullable<Options.EventOptions['onEvent']>>());

const ofCall = withSignal<Options.CallOptions>({});
const ofEnsure = withSignal<Options.EnsureOptions>({
  allowPurchase,
  onEvent,
  onNote: optional(callback()),
  timeoutMs: optional(amount),
});

/** The arguments of each method of `PrivateIntegrations`, in the order in which they are checked; specs are read by `givenSpec`. */
const METHODS = {
  ensure: { options: ofEnsure },
  release: {
    options: (place) =>
      withSignal<Options.ReleaseOptions>({
        onEvent,
        deleteInstances: planOptionsShape.deleteInstances,
        links: optional(list(linkOrId(place))),
      }),
  },
  ensureLink: { request: linkRequest, options: ofEnsure },
  getLink: { link: linkOrName, options: ofCall },
  deleteLink: {
    link: linkOrName,
    options: withSignal<Options.DeleteLinkOptions>({ onEvent, deleteInstance: optionalFlag }),
  },
  ensureTarget: { link: linkOrName, request: targetRequest, options: ofCall },
  ensureRoute: {
    gateway,
    key: routeKey,
    target: linkTarget,
    options: withSignal<Options.EnsureRouteOptions>({ onEvent, settings: optional(routeSettings) }),
  },
  deleteRoute: { gateway, key: routeKey, options: withSignal<Options.EventOptions>({ onEvent }) },
  allow: {
    link: linkOrName,
    cidrBlocks,
    options: withSignal<Options.AllowOptions>({ ports: optional(ports) }),
  },
  revoke: { link: linkOrName, cidrBlocks, options: withSignal<Options.RevokeOptions>({ force: optionalFlag }) },
  forget: { link: linkOrName, options: ofCall },
  egress: { link: linkOrName, options: ofCall },
  links: { options: ofCall },
  usesOf: { link: linkOrName, options: ofCall },
  observe: {
    options: withSignal<Options.ObserveCallOptions>({
      checks: optionalFlag,
      domains: optionalFlag,
      flowLogs: optionalFlag,
    }),
  },
  check: { options: withSignal<Options.CheckCallOptions>({ ...checkOptions }) },
  explain: { options: withSignal<Options.ExplainCallOptions>({ ...explainShape }) },
  probe: {
    options: withSignal<Options.ProbeCallOptions>({
      ...probeOptions,
      callGateway,
      timeoutMs: optional(amount),
      maxParallel: optional(amount),
      onResult: optional(callback()),
    }),
  },
  plan: { options: withSignal<Options.PlanCallOptions>({ ...planOptionsShape, ignoreFindings }) },
  apply: {
    plan: planForm,
    options: withSignal<Options.ApplyCallOptions>({
      spec: applyOptions.spec,
      allowPurchase,
      maxDeletes: applyOptions.maxDeletes,
      deleteAllRoutes: applyOptions.deleteAllRoutes,
      ignoreFindings,
      drain: applyOptions.drain,
      probe: applyOptions.probe,
      callGateway,
    }),
  },
  destroy: {
    options: withSignal<Options.DestroyCallOptions>({
      deleteInstances: planOptionsShape.deleteInstances,
      prune: optionalFlag,
    }),
  },
  forgetSpec: { options: withSignal<Options.ForgetCallOptions>({ names: optionalTexts }) },
} as const satisfies MethodForms<RequestPlace>;

/**
 * Refuses arguments of a method that do not have their forms, before any call.
 * @throws {InvalidInputError} `INVALID_INPUT`, `INVALID_PREFIX`, `INVALID_ARN`, `WRONG_KIND`, `WRONG_REGION`, with the key
 */
export function checkCall<Method extends keyof typeof METHODS>(
  place: RequestPlace,
  method: Method,
  given: Readonly<Record<keyof (typeof METHODS)[Method], unknown>>,
): void {
  checkArguments(method, METHODS[method], place, given);
}
