/** Line drawings on a 20-unit grid, drawn for this window; decorative, so always beside words or a label. */
const drawings = {
  suggest: "M4 16l1-4 8.2-8.2a1.4 1.4 0 0 1 2 0l1 1a1.4 1.4 0 0 1 0 2L8 15zM11.5 5.5l3 3M12 17h5",
  library: "M4 3.5h3v13H4zM8.5 3.5h3v13h-3zM13 4.4l2.7-.6 2.3 12-2.8.6z",
  privacy: "M10 2.5l6 2.2v4.6c0 4-2.6 6.8-6 8.2-3.4-1.4-6-4.2-6-8.2V4.7z",
  costs: "M3.5 16.5h13M5.5 13.5v-3M9 13.5v-7M12.5 13.5v-5M16 13.5v-9",
  settings: "M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4",
  shield: "M10 2.5l6 2.2v4.6c0 4-2.6 6.8-6 8.2-3.4-1.4-6-4.2-6-8.2V4.7zM7.2 9.8l2 2 3.6-3.8",
  building: "M4 17V4.5L11 3v14M11 8l5 1v8M2.5 17h15M6.8 7h1.4M6.8 10h1.4M6.8 13h1.4M13.3 12h.9M13.3 14.5h.9",
  cloud: "M6 15.5a3.5 3.5 0 0 1-.4-7A4.6 4.6 0 0 1 14.3 8a3.8 3.8 0 0 1-.3 7.5z",
  chevron: "M6 8l4 4 4-4",
  right: "M8 6l4 4-4 4",
  left: "M12 5l-5 5 5 5",
  close: "M5 5l10 10M15 5L5 15",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  alert: "M10 3.5l7.2 12.7H2.8zM10 8.5v3.6M10 14.2v.2",
  info: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9.2v4.2M10 6.6v.2",
  search: "M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zM12.7 12.7L16.5 16.5",
  plus: "M10 4.5v11M4.5 10h11",
  copy: "M7.5 7.5h8v9h-8zM12.5 7.5v-4h-8v9h3",
  again: "M15.5 8A6 6 0 1 0 16 11.5M15.8 4v4h-4",
  compare: "M3.5 4.5h5.5v11H3.5zM11 4.5h5.5v11H11z",
  up: "M7 16.5V9l2.8-5.6c1 0 1.7.8 1.7 1.8V8h3.3c1 0 1.7.9 1.5 1.8l-1 5.2c-.2.9-.9 1.5-1.7 1.5zM7 9H4v7.5h3",
  down: "M13 3.5V11l-2.8 5.6c-1 0-1.7-.8-1.7-1.8V12H5.200c-1 0-1.7-.9-1.5-1.8l1-5.200c.2-.9.9-1.500 1.700-1.500zM13 11h3V3.500h-3",
  pause: "M7 5v10M13 5v10",
  play: "M7 4.500l8 5.500-8 5.500z",
  stop: "M5.500 5.500h9v9h-9z",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  folder: "M3 15.500v-11h5l1.700 2H17v9z",
  file: "M5 3h6.500L15 6.500V17H5zM11.500 3v3.500H15",
  files: "M7 3h5l3 3v8H7zM12 3v3h3M5 6v10.500h8",
  eye: "M2.500 10c2-3.500 4.500-5.200 7.500-5.200s5.500 1.700 7.500 5.200c-2 3.500-4.500 5.200-7.500 5.200S4.500 13.500 2.500 10zM10 7.800a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400z",
  trash: "M4 6h12M8 6V3.500h4V6M5.500 6l.7 10.500h7.600L14.500 6M8.500 9v4.500M11.500 9v4.500",
  edit: "M4 16l.8-3.500L13 4.300l2.700 2.700-8.200 8.200z",
  sources: "M3.500 4h13v12h-13zM12 4v12M6 7.500h3.500M6 10h3.500",
  key: "M12.500 3.500a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM9.600 10.400L3.500 16.500M6 14l2 2",
  download: "M10 3.500v9M6.500 9.500L10 13l3.500-3.500M4 16.500h12",
  flask:
    "M8 3h4M8.700 3v5L4.500 15.500c-.4.700.1 1.500.9 1.500h9.200c.8 0 1.300-.8.9-1.500L11.300 8V3M6.500 13h7",
  clock: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4.200l2.800 1.800",
  words: "M3 15L6.500 5 10 15M4.200 11.700h4.600M12 8.500h5M12 11.700h5M12 15h3.500",
  open: "M11 4h5v5M16 4l-7 7M13.500 11.500V16h-9.500V6.500h4.500",
  keyboard:
    "M2.500 5.500h15v9h-15zM5.500 8.500h.01M8.500 8.500h.01M11.500 8.500h.01M14.500 8.500h.01M6.500 11.700h7",
  theme: "M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 0 1 0 14",
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" ? 2.6 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={drawings[name]} />
    </svg>
  );
}
