import type * as sdk from '@aws-sdk/client-sts';
import { familyOf, type GivenFamily } from '../operation/family.js';
import { type AnyOperation, ServiceError } from '../operation/operation.js';

const HOUR_SECONDS = 3600;

/** Real tokens are longer, and their length varies. Code must not rely on it. */
const TOKEN_LENGTH = 120;

const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({ service: 'sts' });

/**
 * The simulated operations of STS.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const operations = family({
  /** Any role of the account can be assumed: IAM itself is not simulated. Roles of other accounts are refused. */
  AssumeRole: {
    limits: {
      RoleArn: { length: [20, 2048] },
      RoleSessionName: { length: [2, 64], pattern: /^[\w+=,.@-]*$/ },
      DurationSeconds: { range: [900, 43_200] },
      ExternalId: { length: [2, 1224], pattern: /^[\w+=,.@:/-]*$/ },
      Policy: { length: [1, 2048] },
      PolicyArns: { length: [0, 10] },
      Tags: { length: [0, 50] },
    },
    run(call, { RoleArn = '', RoleSessionName = '', DurationSeconds = HOUR_SECONDS }) {
      const [, partition, account, path = ''] = /^arn:([a-z-]+):iam::(\d{12}):role\/(.+)$/.exec(RoleArn) ?? [];
      if (account === undefined) throw new ServiceError('ValidationError', `${RoleArn} is invalid`);
      if (partition !== call.partition || account !== call.account) {
        throw new ServiceError(
          'AccessDenied',
          `User: ${call.caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
          403,
        );
      }

      const role = path.slice(path.lastIndexOf('/') + 1);
      const arn = `arn:${call.partition}:sts::${account}:assumed-role/${role}/${RoleSessionName}`;
      const userId = `${call.id('AROA', 17, 'base36').toUpperCase()}:${RoleSessionName}`;
      const expiresAt = call.now + DurationSeconds * 1000;
      const accessKeyId = call.id('ASIA', 16, 'base36').toUpperCase();
      const secretAccessKey = call.id('', 40, 'base36');
      const sessionToken = call.id('', TOKEN_LENGTH, 'base36');
      call.aws.sessions.set(accessKeyId, { secretAccessKey, sessionToken, arn, userId, expiresAt });
      return {
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: new Date(expiresAt),
        },
        AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      };
    },
  },

  GetCallerIdentity: ({ account, caller }) => ({ UserId: caller.userId, Account: account, Arn: caller.arn }),
});
