import { oneOf, optional, strict } from '../../../forms/form.js';
import { set } from '../../../forms/lists.js';
import { number, optionalFlag, optionalText, owner, raw, strings, text } from '../../../forms/resource-values.js';
import type { Route, RouteParameters, RouteSettings } from '../../../model/route.js';
import type { TargetTls } from '../../../model/target.js';

const tls = optional(strict<TargetTls>()({ serverName: optionalText }));

const routeSettings = strict<RouteSettings>()({
  host: optionalText,
  timeoutMs: optional(number),
  parameters: optional(
    strict<RouteParameters>()({ path: optional(strings), query: optional(strings), header: optional(strings) }),
  ),
  authorizer: optionalText,
  scopes: optional(set(text)),
  apiKey: optionalFlag,
  stream: optionalFlag,
});

/** A route of a gateway, or of a deployment. */
export const route = strict<Route>()({
  id: text,
  gatewayId: text,
  key: text,
  linkId: optionalText,
  targetId: optionalText,
  tls,
  path: optional(oneOf('overwrite', 'keep')),
  method: optionalText,
  anyAuthority: optionalFlag,
  lacks: optional(oneOf('response')),
  settings: optional(routeSettings),
  variables: optional(set(text)),
  integrationId: optionalText,
  stages: optional(set(text)),
  publishedOn: optional(set(text)),
  publishedTargets: optional(strings),
  routedBy: optional(strings),
  open: optionalFlag,
  authorization: optionalText,
  owner: owner,
  raw,
});
