import type { DriverMethods } from '@postern/core/internal/adapter';
import { createSession } from './client/session.js';
import { together } from './client/wings.js';
import { cloudNative } from './cloud-native/door/methods.js';
import { groupRules } from './network/security-group.js';
import { observe } from './observe/observe.js';
import type { AlibabaOptions } from './options.js';
import { traditional } from './traditional/door/methods.js';

/** The products, each with one line. */
const WINGS = [traditional, cloudNative];

/** Everything that the driver does. Loaded with its first call. */
export function createMethods(options: AlibabaOptions, region: string): DriverMethods {
  const session = createSession(options, region);
  const observations = WINGS.map(({ observation }) => observation);
  const opened = WINGS.map(({ open }) => open(session));
  return {
    identity: session.identity,
    observe: (scope, ctx) => observe(observations, session, scope, ctx),
    links: together(opened.map(({ links }) => links)),
    gateways: together(opened.map(({ gateways }) => gateways)),
    moves: together(opened.map(({ moves }) => moves)),
    groupRules: groupRules(session),
  };
}
