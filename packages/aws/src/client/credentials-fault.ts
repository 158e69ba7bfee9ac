import { checkCredentialFiles } from '@postern/core/internal/adapter';
import { sharedConfig, type Environment, type SharedConfig } from './shared-config.js';

/** What is wrong with the credentials that a user named, and what to do about it. */
export interface CredentialsFault {
  readonly message: string;
  readonly remedy: string;
}

/**
 * Why the source of credentials gave none that the user named: a profile, and what that names, or the token file of a web identity. The
 * SDK's chain has one sentence for most of it. Undefined: none was named.
 * @param given the profile of the options
 */
export function credentialsFault(
  given: string | undefined,
  environment: Environment = process.env,
): CredentialsFault | undefined {
  const profile = given || environment['AWS_PROFILE'];
  const tokenFile = environment['AWS_WEB_IDENTITY_TOKEN_FILE'];
  if (profile === undefined || profile === '')
    return tokenFile === undefined ? undefined : faultOfToken(tokenFile, 'AWS_WEB_IDENTITY_TOKEN_FILE');

  const origin = given ? '`profile` of the link or the driver, or --profile' : 'AWS_PROFILE';
  return faultOfProfile(sharedConfig(environment), profile, `profile ${profile} (${origin})`, origin);
}

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html @throws as `checkCredentialFiles` */
export function checkSharedFiles(): void {
  const { AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE, AWS_WEB_IDENTITY_TOKEN_FILE } = process.env;
  const files = { AWS_SHARED_CREDENTIALS_FILE, AWS_CONFIG_FILE, AWS_WEB_IDENTITY_TOKEN_FILE };
  checkCredentialFiles(files, process.getBuiltinModule('node:fs').statSync);
}

function faultOfProfile(config: SharedConfig, profile: string, what: string, origin: string): CredentialsFault {
  const { files, profiles, setting } = config;
  if (!profiles.includes(profile)) {
    return {
      message: `${what} is in neither ${files.toReversed().join(' nor ')}; ${profiles.length === 0 ? 'no profile is there' : `those have: ${profiles.join(', ')}`}`,
      remedy: `Name one that exists (${origin}), or write it with \`aws configure --profile ${profile}\`.`,
    };
  }

  const has = (key: string): string | undefined => setting(profile, key);
  const [role, from, token] = [has('role_arn'), has('source_profile'), has('web_identity_token_file')];
  if (has('sso_session') !== undefined || has('sso_start_url') !== undefined) {
    return {
      message: `${what} signs in with SSO, and its session has ended or was never begun`,
      remedy: `Run \`aws sso login --profile ${profile}\`.`,
    };
  }
  if (role !== undefined && token !== undefined) return faultOfToken(token, `web_identity_token_file of ${what}`);
  if (role !== undefined && from !== undefined && from !== profile) {
    return faultOfProfile(config, from, `profile ${from} (source_profile of ${what})`, `source_profile of ${profile}`);
  }
  if (role !== undefined) {
    const source = has('credential_source');
    return {
      message: `${what} takes the role ${role}, and ${source === undefined ? 'names no credentials to take it with' : `its credential_source ${source} gave no credentials`}`,
      remedy: `Write \`source_profile\` with a profile that has credentials, or correct \`credential_source\` of the profile ${profile}.`,
    };
  }
  if (has('credential_process') !== undefined) {
    return {
      message: `the credential_process of ${what} failed, or printed no credentials`,
      remedy: `Run the command of \`credential_process\` of the profile ${profile} by hand: it must print JSON with Version, AccessKeyId and SecretAccessKey.`,
    };
  }
  return {
    message: `${what} has no complete credentials in ${files.join(' or ')}`,
    remedy: `Write aws_access_key_id and aws_secret_access_key with \`aws configure --profile ${profile}\`.`,
  };
}

function faultOfToken(file: string, origin: string): CredentialsFault {
  return {
    message: `the token file ${file} (${origin}) cannot be read, or its token was refused`,
    remedy: 'Correct the path, or write a token of the identity provider there.',
  };
}
