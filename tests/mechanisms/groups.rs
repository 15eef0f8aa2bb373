//! Groups, their own activities, and who is let in: M10, M12, M15, M16, M21.
