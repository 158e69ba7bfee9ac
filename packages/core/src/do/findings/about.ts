import type { IntegrationView, LinkView, TargetView } from '../world/views.js';
import { aboutThings, thing, type About, type Subject } from './subject.js';

/**
 * `link eu`; with a part of it, `link eu, subnet-a`. It is reported under an integration where no other
 * integration uses the link.
 */
export function aboutLink({ name, integrations }: LinkView, part?: Subject): About {
  const only = integrations.length === 1 ? integrations[0] : undefined;
  const link = thing('link', name);
  return part === undefined ? aboutThings(only, link) : aboutThings(only, link, part);
}

/** `target orders`; with a part of it, `target orders, euw1-az1`. */
export function aboutTarget({ name }: Pick<IntegrationView, 'name'>, target: TargetView, part?: Subject): About {
  const whole = thing('target', target.name);
  return part === undefined ? aboutThings(name, whole) : aboutThings(name, whole, part);
}
