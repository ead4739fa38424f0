import { refuseModule } from './module-error.ts';
import { moduleLimits } from './module-rules.ts';
import type { CustomSection } from './prepared-module.ts';
import type { RawCustomSection } from './sections.ts';

const utf8 = new TextEncoder();

/**
 * Picks the custom sections that the Internet Computer shows as metadata, copying their contents. A `ModuleError` for
 * another name with the prefix `icp:`, a name that comes twice, or too many or too large sections.
 */
export function readCustomSections(
  sections: readonly RawCustomSection[],
): ReadonlyMap<string, CustomSection> {
  const found = new Map<string, CustomSection>();
  let size = 0;
  for (const section of sections) {
    if (!section.name.startsWith('icp:')) continue;
    const [, visibility, name] = /^icp:(public|private) (.*)$/s.exec(section.name) ?? [];
    if (name === undefined || (visibility !== 'public' && visibility !== 'private')) {
      refuseModule(`the custom section "${section.name}" is neither icp:public nor icp:private`);
    }
    if (found.has(name)) refuseModule(`the metadata "${name}" comes twice`);
    found.set(name, { visibility, content: section.content.slice() });
    size += utf8.encode(name).length + section.content.length;
  }
  if (found.size > moduleLimits.customSections) {
    refuseModule(
      `it has ${found.size} sections of metadata; at most ${moduleLimits.customSections} are allowed`,
    );
  }
  if (size > moduleLimits.customSectionsSize) {
    refuseModule(`its metadata takes ${size} bytes; at most ${moduleLimits.customSectionsSize} are allowed`);
  }
  return found;
}
