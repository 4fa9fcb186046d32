using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class SessionsAndJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "address",
                table: "sessions",
                type: "nvarchar(45)",
                maxLength: 45,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "browser",
                table: "sessions",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "handle",
                table: "sessions",
                type: "uniqueidentifier",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_seen_at",
                table: "sessions",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.CreateTable(
                name: "job_runs",
                columns: table => new
                {
                    job_name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    host_name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    last_good_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    fault_count = table.Column<int>(type: "int", nullable: false),
                    fault = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_job_runs", x => new { x.job_name, x.host_name });
                });

            // Sessions that are under way get a handle of their own; the index below allows no two alike.
            migrationBuilder.Sql("EXEC(N'UPDATE sessions SET handle = NEWID(), last_seen_at = started_at;');");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_handle",
                table: "sessions",
                column: "handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_message_deliveries_refused",
                table: "message_deliveries",
                column: "settled_at",
                filter: "state = 'Refused'");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_happened_at",
                table: "audit_entries",
                column: "happened_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "job_runs");

            migrationBuilder.DropIndex(
                name: "IX_sessions_handle",
                table: "sessions");

            migrationBuilder.DropIndex(
                name: "ix_message_deliveries_refused",
                table: "message_deliveries");

            migrationBuilder.DropIndex(
                name: "IX_audit_entries_happened_at",
                table: "audit_entries");

            migrationBuilder.DropColumn(
                name: "address",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "browser",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "handle",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "last_seen_at",
                table: "sessions");
        }
    }
}
