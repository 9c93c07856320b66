"""The owner's calendars: ICS files and folders, ICS addresses and CalDAV, read and never written."""
