/** The message and remedy for a target group that refuses HTTP/1.1. */
export function versionText(name: string, version = ''): { readonly because: string; readonly remedy: string } {
  return {
    because: `the gateway uses HTTP/1.1, and target group ${name} accepts ${version} only: the load balancer answers 464`,
    remedy: `Forward to a target group whose protocol version is HTTP1: the protocol version of ${name} cannot be changed.`,
  };
}

/** The same as a finding. */
export const versionSays = {
  HTTP1_REFUSED: ({ group, version }: { readonly group: string; readonly version?: string | undefined }) => {
    const { because, remedy } = versionText(group, version);
    return { message: because, remedy };
  },
};

export type VersionSays = typeof versionSays;
