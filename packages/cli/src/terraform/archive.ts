import { InvalidInputError } from '@postern/core/internal/library';
import { unzipSync } from 'fflate';

/** The files of modules, by the calls that lead to each (`` is the root), and by name. */
export type ModuleFiles = ReadonlyMap<string, ReadonlyMap<string, string>>;

export interface Configuration {
  readonly modules: ModuleFiles;
  /** Where each module is, from the root. Undefined: it is not known. */
  readonly folders?: ReadonlyMap<string, string> | undefined;
  /** A file that the configuration reads. Undefined: it is not there, or not inside the configuration. */
  readonly text?: ((path: string) => string | undefined) | undefined;
  readonly workspace?: string | undefined;
}

/** How an archive of ZIP begins. */
const SIGNATURE = [0x50, 0x4b, 0x03, 0x04];

/** More is not a configuration. */
export const MOST_FILES = 20_000;
export const MOST_BYTES = 16 * 1024 * 1024;

/** A file of the configuration in a plan file: `tfconfig/m-net.subnets/main.tf`. */
const SOURCE = /^tfconfig\/m-([^/]*)\/([^/]+)$/;

const REMEDY = 'Give the file that `terraform plan -out=FILE` wrote, or the output of `terraform show -json`.';

export function isArchive(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * The configuration in a plan file: Terraform keeps the sources of the root and of each module as they were planned.
 * @throws {InvalidInputError} `INVALID_INPUT` where it is not a plan file; `INPUT_TOO_LARGE`
 * @see https://github.com/hashicorp/terraform/blob/main/internal/plans/planfile/config_snapshot.go
 */
export function filesInPlan(bytes: Uint8Array, file: string): ModuleFiles {
  const refused = (what: string): InvalidInputError =>
    new InvalidInputError('INVALID_INPUT', `${file}: ${what}`, { place: { file }, remedy: REMEDY });
  let files = 0;
  let size = 0;
  let isPlan = false;
  let found: Record<string, Uint8Array>;
  try {
    found = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        files += 1;
        isPlan ||= name === 'tfplan';
        if (!SOURCE.test(name)) return false;

        size += originalSize;
        if (files > MOST_FILES || size > MOST_BYTES)
          throw tooLarge(file, 'Give the output of `terraform show -json` alone.');

        return true;
      },
    });
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;

    throw refused('the archive cannot be read');
  }
  if (!isPlan) throw refused('it is an archive, and not a plan of Terraform or OpenTofu');

  const modules = new Map<string, Map<string, string>>();
  for (const [name, content] of Object.entries(found)) {
    const [, key = '', source = ''] = SOURCE.exec(name) ?? [];
    const own = modules.get(key) ?? new Map<string, string>();
    modules.set(key, own.set(source, new TextDecoder().decode(content)));
  }
  if (!modules.has('')) throw refused('the plan file has no configuration');

  return modules;
}

/**
 * The workspace in a plan file, which no output of it has.
 * @see https://github.com/hashicorp/terraform/blob/main/internal/plans/internal/planproto/planfile.proto `Backend.workspace`
 */
export function workspaceInPlan(bytes: Uint8Array): string | undefined {
  const { tfplan } = unzipSync(bytes, {
    filter: ({ name, originalSize }) => name === 'tfplan' && originalSize < MOST_BYTES,
  });
  const workspace = memberOf(memberOf(tfplan, 13), 3);
  return workspace && new TextDecoder().decode(workspace);
}

/** A member of a message of Protocol Buffers that is a text or a message. */
function memberOf(message: Uint8Array = new Uint8Array(), wanted: number): Uint8Array | undefined {
  let at = 0;
  const number = (): number => {
    let value = 0;
    for (let scale = 1, byte = 128; byte >= 128 && scale < Number.MAX_SAFE_INTEGER; scale *= 128) {
      byte = message[at] ?? 0;
      at += 1;
      value += (byte % 128) * scale;
    }
    return value;
  };
  while (at < message.length) {
    const key = number();
    const length = { 1: 8, 5: 4 }[key % 8] ?? number();
    if (key === wanted * 8 + 2) return message.subarray(at, at + length);
    if (key % 8 !== 0) at += length;
  }
  return undefined;
}

/** A configuration with too many files, or too long ones. */
export function tooLarge(file: string, remedy: string): InvalidInputError {
  const most = `${MOST_FILES} files or ${MOST_BYTES / 1024 / 1024} MiB`;
  return new InvalidInputError('INPUT_TOO_LARGE', `${file}: its configuration has more than ${most}`, {
    place: { file },
    remedy,
  });
}
