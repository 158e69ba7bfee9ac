/** Checks whose shows are not rows of a table: the show has its own test, with this title. */
export const APART = {
  'link/service-role': 'the first purchase creates the role',
  // No remedy clears it: the product ends on its date, and the remedy names another product.
  'link/retiring': 'counts the days to the end from the day of the snapshot',
  // Shown with a gateway of its own, in packages/alibaba/test/cloud-native/checks.test.ts.
  'link/access': 'find that callers in the VPC have no entrance',
  // It never fails. Shown in packages/aws/test/observe/encryption.test.ts.
  'link/encryption': 'is unknown in a VPC that enforces encryption',
  'alibaba/nacos-source': 'find a source that is not valid, also one that no target uses',
  // Told by a transcript of the command: flow logs are read on request.
  'path/flow-log': 'flow logs show answers on a path, and refused calls on one that seems open',
  'target/internet': 'find that a public backend needs a NAT gateway',
  'target/service-health': 'report what the gateway itself found of its service',
} as const;
