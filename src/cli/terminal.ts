/** How Markdown is to be drawn. */
export interface Drawing {
  readonly width: number;
  readonly colour: boolean;
}

/** Markdown as a person reads it on a terminal: as much of it as the rules' pages use. */
export function drawn(markdown: string, { width, colour }: Drawing): string {
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[22m` : text);
  const blocks = blocksOf(markdown).map(({ kind, lines }) => {
    switch (kind) {
      case 'code':
        return lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
      case 'heading':
        return bold(inline(lines.join(' ').replace(/^#+ /, '')));
      case 'table':
        return tableOf(lines, width);
      case 'list':
        return lines.map((line) => wrapped(inline(line), width, ' '.repeat(/^\s*(?:[-*]|\d+\.) /.exec(line)?.[0].length ?? 0))).join('\n');
      case 'text':
        return wrapped(inline(lines.join(' ')), width, '');
    }
  });
  return `${blocks.join('\n\n')}\n`;
}

interface Block {
  readonly kind: 'code' | 'heading' | 'table' | 'list' | 'text';
  readonly lines: string[];
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  let fence: string | undefined;
  const begin = (kind: Block['kind'], ...lines: string[]): Block => {
    blocks.push({ kind, lines });
    return blocks.at(-1) as Block;
  };
  for (const line of markdown.replaceAll(/<!--.*?-->/gs, '').split('\n')) {
    const bar = /^`{3,}/.exec(line)?.[0];
    if (fence !== undefined) {
      if (line === fence) fence = open = undefined;
      else open?.lines.push(line);
    } else if (bar !== undefined) {
      fence = bar;
      open = begin('code');
    } else if (line.trim() === '') {
      open = undefined;
    } else {
      const kind = kindOf(line, open);
      if (open?.kind !== kind) open = begin(kind, line);
      else if (kind === 'list' && !BULLET.test(line)) open.lines.push(`${open.lines.pop()} ${line.trim()}`);
      else open.lines.push(line);
    }
  }
  return blocks;
}

const BULLET = /^\s*(?:[-*]|\d+\.) /;

function kindOf(line: string, open: Block | undefined): Block['kind'] {
  if (line.startsWith('#')) return 'heading';
  if (line.startsWith('|')) return 'table';
  return BULLET.test(line) || open?.kind === 'list' ? 'list' : 'text';
}

/** Without the marks of emphasis and links; code keeps its quotes, since what is in it is to be copied. */
function inline(text: string): string {
  const bare = text.replace(/^\*([^*].*[^*])\*$/s, '$1');
  return bare
    .split(/(`+[^`]*`+)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part
            .replaceAll(/\*\*|<(?=https?:)|(?<=https?:\S*)>/g, '')
            .replaceAll(/\[([^\]]*)\]\([^)]*\.md\)/g, '$1')
            .replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)'),
    )
    .join('');
}

/** The last column takes what is left of the line, and its further lines stand below it. */
function tableOf(lines: readonly string[], width: number): string {
  const rows = lines
    .filter((line) => !/^[|\s:-]+$/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => inline(cell.trim().replaceAll('\\|', '|'))),
    );
  const columns = (rows[0] ?? []).slice(0, -1).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const indent = ' '.repeat(columns.reduce((sum, column) => sum + column + 2, 0));
  return rows
    .map((row) =>
      wrapped([...columns.map((column, i) => (row[i] ?? '').padEnd(column + 2)), row.at(-1) ?? ''].join(''), width, indent).trimEnd(),
    )
    .join('\n');
}

/** Broken between words; a word that is too long stays whole. */
function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].join('\n');
}
