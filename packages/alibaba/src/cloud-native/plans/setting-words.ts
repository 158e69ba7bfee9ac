import type { SettingWords } from '@postern/core/internal/overlay';

/** How settings of a target are written in plans, for HTTP APIs. */
export const httpApiWords: Readonly<Record<'apig-http-api', SettingWords>> = {
  'apig-http-api': {
    withTls: (at) => `Write HTTPS as ${at(['backend', 'services', 'protocol'])}`,
    withoutTls: (at) => `Write HTTP as ${at(['backend', 'services', 'protocol'])}`,
    serverName: () => 'the name in the TLS policy of its service',
    host: (at) => `Write the host that the rule matches in a policy HttpRewrite for ${at(['name'])}`,
  },
};
